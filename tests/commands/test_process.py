"""motcua process: what goes out comes in again; what is wrong is said by line and step."""

import pytest

from motcua import cli
from motcua.catalogue.management.commands import process
from motcua.catalogue.models import ProcedureVersion, ProcessDraft
from motcua.catalogue.queries import draft_steps
from tests.world import MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(world, monkeypatch, capsys, tmp_path):
    """Type a command where the small world is; its status and what it printed."""
    ProcedureVersion.objects.update(legal_basis="Luật Hộ tịch 2014")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(process, "now", lambda: MORNING)
    monkeypatch.setattr(cli, "prepare", lambda: None)

    def run(*words):
        capsys.readouterr()
        try:
            status = cli.main(["process", *words])
        except SystemExit as stop:
            status = stop.code
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


def test_a_process_goes_out_and_comes_back_as_it_was(typed, world, tmp_path):
    status, out, _ = typed("export")
    assert status == 0 and 'name = "Đăng ký khai sinh"' in out
    file = tmp_path / "khai-sinh.toml"
    status, said, _ = typed("export", "--procedure", "1.001193", "--file", "khai-sinh.toml")
    assert (status, said) == (0, "đã viết 1 quy trình vào khai-sinh.toml\n")
    assert file.read_text() == out
    status, said, _ = typed("import", "khai-sinh.toml")
    assert (status, said) == (0, "đã nhận 1 quy trình vào bản soạn, chưa công bố\n")
    assert ProcessDraft.objects.get().changed_by is None
    status, said, _ = typed("import", "khai-sinh.toml", "--from", "2021-04-01")
    assert (status, said) == (0, "đã công bố 1 quy trình, áp dụng từ 01/04/2021\n")
    version = ProcedureVersion.objects.get(number=2)
    assert draft_steps(version.pk) == draft_steps(world.version.pk)
    assert typed("export", "--procedure", "1.001193")[1] == out


@pytest.mark.parametrize(
    ("was", "now", "words", "said"),
    [
        ('kind = "approve"', "kind = approve", (), "Dòng 26: Không đọc được dòng này"),
        (
            'kind = "approve"',
            'kind = "approve"\nsort = "x"',
            (),
            "Dòng 27, quy trình thứ 1, bước thứ 3, mục “sort”: Không có mục nào tên là “sort”",
        ),
        ("1.001193", "1.0", (), "không có thủ tục 1.0"),
        (
            'budget = "1 working_day"',
            'budget = "9 working_day"',
            (),
            "Thời gian các bước cộng lại vượt thời hạn của thủ tục",
        ),
        (
            'budget = "1 working_day"\n',
            "",
            (),
            "thủ tục 1.001193: Bước “Ký duyệt”: Bước chưa có thời gian.",
        ),
        ("", "", ("--from", "2021-03-01"), "ngày áp dụng đã qua"),
        ("", "", ("--from", "hôm nay"), "ngày viết YYYY-MM-DD"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_taken_in(typed, tmp_path, was, now, words, said):
    _, out, _ = typed("export")
    assert was in out
    (tmp_path / "sai.toml").write_text(out.replace(was, now, 1) if was else out)
    status, printed, error = typed("import", "sai.toml", *words)
    assert status in (1, 2) and printed == "" and said in error, error
    assert not ProcessDraft.objects.exists()
    assert ProcedureVersion.objects.count() == 1


def test_a_file_that_is_none_and_a_procedure_nobody_has(typed, tmp_path):
    (tmp_path / "anh.toml").write_bytes(b"\xff\xd8\xff\xe0")
    assert "không phải chữ UTF-8" in typed("import", "anh.toml")[2]
    assert "không mở được khong-co.toml" in typed("import", "khong-co.toml")[2]
    assert "không có thủ tục 7.7" in typed("export", "--procedure", "7.7")[2]
    assert "thiếu export|import" in typed()[2]
