"""An office lives without a console: accounts are opened, changed and closed on pages."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from motcua.agencies import accounts
from motcua.agencies.models import Agency, Officer, RoleAssignment
from motcua.domain.process import Role
from tests.world import MORNING, next_town, officer_of

pytestmark = pytest.mark.django_db
TODAY = date(2021, 3, 17)
GOOD = "ba con trâu trắng"


@pytest.fixture(autouse=True)
def _morning(morning):
    return morning


@pytest.fixture
def administrator(world):
    return officer_of(world.unit.agency, "administrator", "lieude.quantri")


@pytest.fixture
def client(administrator):
    signed_in = Client()
    signed_in.force_login(administrator.user)
    return signed_in


def typed(world, **how):
    return {
        "full_name": "Vũ Thị  Lan",
        "position": "Công chức Tư pháp",
        "agency": world.unit.agency_id,
        "roles": ["reception", "handler"],
        "username": "lieude.lan",
        "password": GOOD,
        **how,
    }


def test_an_account_is_opened_and_works_at_once(world, client):
    response = client.post("/administration/accounts/new/", typed(world), follow=True)
    assert "Đã mở tài khoản lieude.lan cho Vũ Thị Lan." in response.content.decode()
    officer = Officer.objects.get(user__username="lieude.lan")
    assert {row.role for row in officer.assignments.all()} == {"reception", "handler"}
    fresh = Client()
    answer = fresh.post("/sign-in/", {"login": "lieude.lan", "password": GOOD})
    assert answer.status_code == 302 and answer["Location"] == "/desk/"


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"full_name": "  "}, "Nhập họ và tên."),
        ({"position": "\u200b"}, "Nhập chức vụ."),
        ({"roles": []}, "Chọn ít nhất một vai trò."),
        ({"roles": ["king"]}, "Chọn vai trò trong danh sách."),
        ({"agency": ""}, "Chọn cơ quan."),
        ({"agency": "999999"}, "Chọn một cơ quan trong danh sách."),
        ({"username": "Lan Vũ"}, "chữ thường không dấu"),
        ({"username": "lieude.reception"}, "đã có người dùng"),
        ({"username": "x" * 61}, "nhiều nhất 60 ký tự"),
        ({"password": "ngan"}, "cần ít nhất 10 ký tự"),
        ({"password": "0912345678"}, "chỉ gồm chữ số"),
        ({"password": "password123"}, "nhiều người dùng"),
        ({"password": "lieude.lan1"}, "gần giống tên đăng nhập"),
        ({"password": "a" * 257}, "256"),
        ({"password": ""}, "Nhập mật khẩu."),
        ({"full_name": "a\x00b"}, "Chưa xong"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_nothing_is_written(world, client, how, said):
    users = User.objects.count()
    response = client.post("/administration/accounts/new/", typed(world, **how))
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "Công chức Tư pháp" in page or "position" in how
    assert User.objects.count() == users
    assert Officer.objects.count() == users


def test_a_password_is_never_sent_back(world, client):
    page = client.post("/administration/accounts/new/", typed(world, roles=[])).content.decode()
    assert GOOD not in page


def test_a_second_sending_of_the_page_makes_no_second_account(world, client):
    client.post("/administration/accounts/new/", typed(world))
    again = client.post("/administration/accounts/new/", typed(world))
    assert again.status_code == 422
    assert Officer.objects.filter(full_name="Vũ Thị Lan").count() == 1


def test_a_role_is_given_and_ended_with_the_day(world, client, set_clock):
    officer = world.officers["reception"]
    at = f"/administration/accounts/{officer.pk}/"
    client.post(f"{at}roles/", {"role": "handler", "agency": world.unit.agency_id})
    given = officer.assignments.get(role="handler")
    assert given.valid_from == TODAY and given.valid_until is None
    again = client.post(f"{at}roles/", {"role": "handler", "agency": world.unit.agency_id})
    assert again.status_code == 422 and "đã có vai trò này" in again.content.decode()
    client.post(f"{at}roles/{given.pk}/end/")
    given.refresh_from_db()
    assert given.valid_until == TODAY
    # Taken back on the same day, the one assignment goes on.
    client.post(f"{at}roles/", {"role": "handler", "agency": world.unit.agency_id})
    assert officer.assignments.get(role="handler").valid_until is None
    client.post(f"{at}roles/{given.pk}/end/")
    set_clock(MORNING + timedelta(days=1))
    assert (
        "Cán bộ thụ lý" not in client.get("/administration/accounts/?q=reception").content.decode()
    )


def test_closing_signs_out_at_once_and_opening_lets_in_again(world, client):
    officer = world.officers["reception"]
    other = Client()
    other.force_login(officer.user)
    assert other.get("/desk/")["Location"] != "/sign-in/"
    asked = client.get(f"/administration/accounts/{officer.pk}/close/").content.decode()
    assert "Ngừng tài khoản" in asked and officer.full_name in asked
    assert other.get("/desk/")["Location"] != "/sign-in/", "asking does nothing yet"
    client.post(f"/administration/accounts/{officer.pk}/close/")
    assert other.get("/desk/")["Location"] == "/sign-in/"
    client.post(f"/administration/accounts/{officer.pk}/reopen/")
    officer.user.refresh_from_db()
    assert officer.user.is_active
    assert other.get("/desk/")["Location"] == "/sign-in/", "the session ended for good"
    assert client.get("/administration/accounts/").status_code == 200, "and nobody else's"


def test_a_new_password_ends_the_sessions_of_the_old(world, client):
    officer = world.officers["reception"]
    other = Client()
    other.force_login(officer.user)
    weak = client.post(f"/administration/accounts/{officer.pk}/password/", {"password": "ngan"})
    assert weak.status_code == 422 and "cần ít nhất 10 ký tự" in weak.content.decode()
    client.post(f"/administration/accounts/{officer.pk}/password/", {"password": GOOD})
    assert other.get("/desk/")["Location"] == "/sign-in/"
    officer.user.refresh_from_db()
    assert officer.user.check_password(GOOD)


def test_nobody_closes_their_own_account_or_administration(world, client, administrator):
    at = f"/administration/accounts/{administrator.pk}/"
    page = client.post(f"{at}close/", follow=True).content.decode()
    assert "Không thể tự ngừng tài khoản" in page
    own = administrator.assignments.get()
    client.post(f"{at}roles/{own.pk}/end/")
    own.refresh_from_db()
    assert own.valid_until is None
    assert User.objects.get(pk=administrator.user_id).is_active


def test_another_towns_officers_do_not_exist_here(world, client):
    stranger = officer_of(next_town().agency, "reception", "rangdong.tiepnhan")
    own = world.officers["reception"]
    at = f"/administration/accounts/{stranger.pk}/"
    role = stranger.assignments.get()
    assert "rangdong" not in client.get("/administration/accounts/").content.decode()
    for method, address in (
        ("get", at),
        ("post", f"{at}close/"),
        ("post", f"{at}reopen/"),
        ("post", f"{at}password/"),
        ("post", f"{at}roles/"),
        ("post", f"{at}roles/{role.pk}/end/"),
        ("post", f"/administration/accounts/{own.pk}/roles/{role.pk}/end/"),
    ):
        assert getattr(client, method)(address, {"password": GOOD}).status_code == 404, address
    refused = client.post(
        f"/administration/accounts/{own.pk}/roles/",
        {"role": "leader", "agency": stranger.agency_id},
    )
    assert refused.status_code == 422
    assert not RoleAssignment.objects.filter(officer=own, agency=stranger.agency).exists()
    assert client.get("/administration/units/13894/").status_code == 404


def test_a_password_that_opens_another_agency_is_not_this_administrators_to_set(world, client):
    officer = world.officers["handler"]
    RoleAssignment.objects.create(
        officer=officer, agency=next_town().agency, role=Role.ADMINISTRATOR, valid_from=TODAY
    )
    at = f"/administration/accounts/{officer.pk}/"
    for what in ("password", "close", "reopen"):
        answer = client.post(f"{at}{what}/", {"password": GOOD}, follow=True)
        assert "ông/bà không quản trị" in answer.content.decode(), what
    officer.user.refresh_from_db()
    assert officer.user.is_active and not officer.user.check_password(GOOD)


def test_a_role_at_another_agency_is_not_this_administrators_to_end(world, client, administrator):
    lent = RoleAssignment.objects.create(
        officer=world.officers["handler"],
        agency=next_town().agency,
        role=Role.HANDLER,
        valid_from=TODAY,
    )
    with pytest.raises(accounts.NotAdministeredHere):
        accounts.end_role(administrator=administrator, assignment=lent, on=TODAY)
    at = f"/administration/accounts/{lent.officer_id}/roles/{lent.pk}/end/"
    page = client.post(at, follow=True).content.decode()
    assert "ông/bà không quản trị" in page and "hết sau hôm nay" not in page
    lent.refresh_from_db()
    assert lent.valid_until is None


def test_a_role_that_has_not_begun_is_ended_with_its_first_day(world, administrator):
    tomorrow = TODAY + timedelta(days=1)
    meant = RoleAssignment.objects.create(
        officer=world.officers["handler"],
        agency=world.unit.agency,
        role=Role.LEADER,
        valid_from=tomorrow,
    )
    ended = accounts.end_role(administrator=administrator, assignment=meant, on=TODAY)
    assert (ended.valid_from, ended.valid_until) == (tomorrow, tomorrow)


def test_a_districts_administrator_administers_everything_below(world):
    district = Agency.objects.create(
        code="361", name="UBND huyện Nghĩa Hưng", kind="district", valid_from=date(2016, 1, 1)
    )
    division = Agency.objects.create(
        code="361.TP",
        name="Phòng Tư pháp",
        kind="division",
        parent=district,
        valid_from=date(2016, 1, 1),
    )
    Agency.objects.filter(pk=world.unit.agency_id).update(parent=district)
    above = officer_of(district, "administrator", "huyen.quantri")
    found = set(accounts.administered_agencies(above, on=TODAY))
    assert found == {district, division, Agency.objects.get(pk=world.unit.agency_id)}
    below = officer_of(world.unit.agency, "administrator", "lieude.quantri")
    assert set(accounts.administered_agencies(below, on=TODAY)) == {below.agency}
    assert not accounts.administered_agencies(world.officers["leader"], on=TODAY)
    with pytest.raises(accounts.NotAdministeredHere):
        accounts.close_account(administrator=below, officer=above, on=TODAY)
    with pytest.raises(accounts.NotAdministeredHere):
        accounts.open_account(
            administrator=below,
            username="moi",
            full_name="Mới",
            position="Công chức",
            agency=district,
            roles=[Role.LEADER],
            password=GOOD,
            on=TODAY,
        )


def test_the_list_is_searched_by_name_and_agency(world, client):
    page = client.get("/administration/accounts/", {"q": "tran van LEADER"}).content.decode()
    assert "1 tài khoản khớp" in page and "lieude.leader" in page
    page = client.get("/administration/accounts/", {"agency": "13891"}).content.decode()
    assert "5 tài khoản của UBND thị trấn Liễu Đề" in page
    page = client.get("/administration/accounts/", {"q": "khong co ai"}).content.decode()
    assert "Không có tài khoản nào khớp" in page


def test_an_account_page_says_what_the_officer_still_holds(world, client):
    world.receive()
    officer = world.officers["reception"]
    page = client.get(f"/administration/accounts/{officer.pk}/").content.decode()
    assert "1 hồ sơ chưa có kết quả" in page
    asked = client.get(f"/administration/accounts/{officer.pk}/close/").content.decode()
    assert "Còn 1 hồ sơ cán bộ đang giữ" in asked
    assert "nhận tiếp bằng “Nhận việc” ở danh sách việc của cơ quan" in asked


def test_the_pages_are_cheap(world, client, django_assert_max_num_queries):
    for number in range(30):
        officer_of(world.unit.agency, "handler", f"lieude.{number}")
    own = world.officers["reception"].pk
    for address in ("/administration/accounts/", f"/administration/accounts/{own}/"):
        client.get(address)
        with django_assert_max_num_queries(16):
            assert client.get(address).status_code == 200
