"""Signing in and out, and the officer's own password."""

import pytest
from django.core.cache import cache
from django.test import Client

from motcua.agencies.models import Officer
from tests.world import officer_of

pytestmark = pytest.mark.django_db
PASSWORD = "ba con trâu trắng"


@pytest.fixture(autouse=True)
def _fresh(morning, settings):
    cache.clear()
    # Slow on purpose elsewhere; here only the pages are asked.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def officer(world):
    officer = world.officers["reception"]
    officer.user.set_password(PASSWORD)
    officer.user.save()
    return officer


def sign_in(client, login="lieude.reception", password=PASSWORD, **how):
    return client.post("/sign-in/", {"login": login, "password": password, **how})


def test_the_page_is_for_staff_and_shows_citizens_their_way(world, client):
    page = client.get("/sign-in/").content.decode()
    assert "Dành cho cán bộ" in page and 'href="/lookup/"' in page
    assert "sign-up" not in page and "Đăng ký tài khoản" not in page


def test_signing_in_leads_to_the_page_that_was_asked_for(officer, client):
    page = client.get("/sign-in/?next=/workspace/").content.decode()
    assert 'name="next" value="/workspace/"' in page
    assert sign_in(client, next="/workspace/")["Location"] == "/workspace/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/",
        "//example.org/",
        "/\\example.org",
        "javascript:alert(1)",
        "http:///example.org",
    ],
)
def test_signing_in_never_leads_elsewhere(officer, client, elsewhere):
    client.get("/sign-in/", {"next": elsewhere})
    assert sign_in(client, next=elsewhere)["Location"] == "/desk/"


@pytest.mark.parametrize(
    ("role", "lands"),
    [
        ("reception", "/counter/"),
        ("handler", "/workspace/"),
        ("approver", "/workspace/"),
        ("leader", "/workspace/"),
        ("administrator", "/administration/catalogue/"),
    ],
)
def test_each_role_lands_at_its_desk(world, client, role, lands):
    officer = officer_of(world.unit.agency, role, f"moi.{role}")
    client.force_login(officer.user)
    assert client.get("/desk/")["Location"] == lands
    assert client.get("/sign-in/")["Location"] == "/desk/"


@pytest.mark.parametrize(
    ("login", "password"),
    [("lieude.reception", "sai mật khẩu"), ("khong.co", PASSWORD), ("a" * 5000, "b" * 5000)],
)
def test_a_wrong_name_and_a_wrong_password_are_told_the_same(officer, client, login, password):
    response = sign_in(client, login, password)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in page or len(login) > 150
    assert password not in page


def test_empty_fields_are_asked_for(officer, client):
    page = sign_in(client, "", "").content.decode()
    assert "Nhập tên đăng nhập." in page and "Nhập mật khẩu." in page


def test_signs_no_text_has_are_refused_politely(officer, client):
    assert sign_in(client, "a\x00b", "c\x00d").status_code == 422


def test_five_wrong_passwords_close_the_name_for_a_while(officer, client):
    for _ in range(5):
        assert "chưa đúng" in sign_in(client, password="sai").content.decode()
    page = sign_in(client).content.decode()
    assert "Chờ 5 phút rồi thử lại" in page
    assert "_auth_user_id" not in client.session


def test_a_name_that_is_closed_keeps_no_other_name_of_the_office_out(officer, client, world):
    for _ in range(12):
        sign_in(client, "lieude.handler", "sai")
    assert "tên này" in sign_in(client, "lieude.handler", "sai").content.decode()
    assert sign_in(client).status_code == 302


def test_many_wrong_names_from_one_machine_are_slowed_down(officer, client):
    answers = [sign_in(client, f"ten.{number}", "sai").content.decode() for number in range(61)]
    assert all("chưa đúng" in answer for answer in answers[:60])
    assert "Từ máy hoặc mạng này đã nhập sai quá nhiều lần" in answers[60]
    assert "bằng tên này" not in answers[60]
    assert sign_in(client).status_code == 422
    assert sign_in(Client(REMOTE_ADDR="10.0.0.7")).status_code == 302


def test_a_machine_that_sends_without_end_is_answered_in_vietnamese(officer, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sign_in(client, password="sai")
    response = sign_in(client, password="sai")
    assert response.status_code == 429
    assert "Chờ một phút rồi quay lại thử lại" in response.content.decode()


def test_a_closed_account_is_told_so_and_stays_out(officer, client):
    officer.user.is_active = False
    officer.user.save()
    response = client.post(
        "/sign-in/", {"login": "lieude.reception", "password": PASSWORD}, follow=True
    )
    assert response.status_code in (200, 422)
    assert "Tài khoản đã ngừng dùng" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_signing_out_takes_one_click_and_shows_nothing_after(officer, client):
    sign_in(client)
    assert client.get("/desk/")["Location"] != "/sign-in/"
    assert client.get("/sign-out/").status_code == 200  # asks; a link elsewhere signs nobody out
    response = client.post("/sign-out/", follow=True)
    assert "Đã đăng xuất." in response.content.decode()
    assert client.get("/desk/")["Location"] == "/sign-in/"


def test_accounts_are_listed_in_demo_homes_only(officer, client, settings):
    Officer.objects.update(is_listed_in_demo=True)
    assert "lieude.reception" not in client.get("/sign-in/").content.decode()
    settings.DEMO = True
    page = client.get("/sign-in/?next=/workspace/").content.decode()
    assert "Tài khoản của bản dùng thử" in page
    assert "Cán bộ tiếp nhận" in page
    assert 'href="?account=lieude.reception&amp;next=%2Fworkspace%2F"' in page
    filled = client.get("/sign-in/?account=lieude.reception&next=/workspace/").content.decode()
    assert 'value="lieude.reception"' in filled and 'name="next" value="/workspace/"' in filled


def test_an_officer_changes_the_own_password(officer, client):
    sign_in(client)
    page = client.get("/password/").content.decode()
    assert "Mật khẩu hiện nay" in page and "Ít nhất 10 ký tự" in page
    new = "bốn con ngựa ô"
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    response = client.post("/password/", typed)
    assert response["Location"] == "/desk/"
    assert client.get("/desk/")["Location"] == "/counter/"  # still signed in
    assert sign_in(Client(), password=PASSWORD).status_code == 422
    assert sign_in(Client(), password=new).status_code == 302


@pytest.mark.parametrize(
    ("old", "first", "second", "said"),
    [
        ("sai mật khẩu", "bốn con ngựa ô", "bốn con ngựa ô", "Mật khẩu hiện nay chưa đúng"),
        (PASSWORD, "bốn con ngựa ô", "năm con ngựa ô", "Hai lần nhập mật khẩu mới khác nhau"),
        (PASSWORD, "ngan", "ngan", "cần ít nhất 10 ký tự"),
        (PASSWORD, "1234567890123", "1234567890123", "chỉ gồm chữ số"),
        (PASSWORD, "lieude.reception", "lieude.reception", "gần giống tên đăng nhập"),
        (PASSWORD, "", "", "Nhập mật khẩu mới."),
    ],
)
def test_a_new_password_that_will_not_do_is_told_why(officer, client, old, first, second, said):
    sign_in(client)
    typed = {"oldpassword": old, "password1": first, "password2": second}
    response = client.post("/password/", typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    officer.user.refresh_from_db()
    assert officer.user.check_password(PASSWORD)


def test_a_signed_out_visitor_is_led_to_the_sign_in_page(client, db):
    response = client.get("/password/")
    assert response["Location"] == "/sign-in/?next=/password/"


def test_the_session_cookie_is_kept_from_scripts(officer, client):
    sign_in(client)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


def test_the_last_sign_in_is_told_by_the_clock_of_every_other_page(officer, client):
    answer = sign_in(client)
    officer.user.refresh_from_db()
    assert officer.user.last_login == answer.wsgi_request.at
    assert officer.user.last_login.year == 2021
