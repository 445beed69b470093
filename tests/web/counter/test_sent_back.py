"""What was sent back is somebody's job: the counter calls for its papers."""

from datetime import timedelta

from tests.web.workspace.conftest import clients, ten_o_clock, world  # noqa: F401
from tests.web.workspace.roads import PLACES, placed, walk
from tests.world import MORNING


def test_the_ready_page_says_whom_to_call_and_why(world, clients):
    dossier = placed(world, "sent back")
    old = walk(world, world.receive(at=MORNING - timedelta(days=40)), PLACES["sent back"])
    page = clients["reception"].get("/counter/ready/")
    text = page.content.decode()
    assert "Hồ sơ trả lại, mời người nộp đến nhận lại giấy tờ" in text
    (line,) = page.context["sent_back"]
    assert (line.dossier, line.phone) == (dossier, "0900000001")
    assert line.reason == "Lý do ghi trong hồ sơ" and line.reason in text and line.phone in text
    assert old.number not in text


def test_a_search_for_a_result_and_a_counter_without_any_show_none(world, clients):
    heading = "mời người nộp đến nhận lại giấy tờ"
    assert heading not in clients["reception"].get("/counter/ready/").content.decode()
    placed(world, "sent back")
    assert heading not in clients["reception"].get("/counter/ready/?q=zzz").content.decode()
