"""Files of a dossier: added with words, served to those on its road as something to save."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers.models import Attachment
from motcua.gateways.archive import Archive
from motcua.gateways.uploads import one_of_few
from tests.gateways.made_files import pdf, picture
from tests.web.workspace.roads import placed


def add(client, dossier, content=None, name="Tờ khai.pdf", **more):
    file = SimpleUploadedFile(name, pdf() if content is None else content, "text/html")
    return client.post(f"/dossiers/{dossier.number}/files/", {"file": file, **more}, follow=True)


def test_a_file_is_added_and_comes_back_as_it_was(world, clients):
    dossier = placed(world, "taken")
    page = add(clients["handler"], dossier, paper=dossier.papers.get().pk)
    assert "Đã thêm tệp “Tờ khai.pdf” vào hồ sơ." in page.content.decode()
    row = Attachment.objects.get()
    assert (row.paper.name, row.media_type) == ("Tờ khai", "application/pdf")
    answer = clients["leader"].get(f"/dossiers/{dossier.number}/files/{row.pk}/")
    assert b"".join(answer.streaming_content) == pdf() or answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''T%E1%BB%9D")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_its_name_follows_its_content_whatever_it_was_called(world, clients):
    dossier = placed(world, "taken")
    add(clients["handler"], dossier, picture("PNG"), name="../trang.html")
    row = Attachment.objects.get()
    assert (row.name, row.media_type) == ("trang.png", "image/png")


def test_a_file_is_served_only_to_those_on_the_road_of_its_own_dossier(world, clients, strangers):
    dossier, other = placed(world, "taken"), placed(world, "taken")
    add(clients["handler"], dossier)
    row = Attachment.objects.get()
    for who, client in {**strangers, "administrator": clients["administrator"]}.items():
        answer = client.get(f"/dossiers/{dossier.number}/files/{row.pk}/")
        assert answer.status_code == 404, who
        assert add(client, dossier).status_code == 404, who
    assert clients["handler"].get(f"/dossiers/{other.number}/files/{row.pk}/").status_code == 404
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ\x90", "Tệp không phải PDF, JPEG hoặc PNG."),
        (b"", "Tệp rỗng."),
        (pdf()[:100], "Không mở được tệp"),
    ],
)
def test_why_a_file_is_not_taken_is_said_on_the_dossiers_page(world, clients, content, said):
    dossier = placed(world, "taken")
    page = add(clients["handler"], dossier, content)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Attachment.objects.exists()


def test_the_same_file_again_is_told(world, clients):
    dossier = placed(world, "taken")
    add(clients["handler"], dossier)
    page = add(
        clients["handler"],
        dossier,
        Archive(settings.FILES).path(Attachment.objects.get().digest).read_bytes(),
    )
    assert page.status_code == 422
    assert "Hồ sơ đã có đúng tệp này: “Tờ khai.pdf”" in page.content.decode()
    assert Attachment.objects.count() == 1


def test_the_field_for_a_file_is_in_vietnamese_and_begins_as_the_browsers_own(world, clients):
    """Its words are shown by script alone: without one, the input itself is seen and works."""
    dossier = placed(world, "taken")
    page = clients["handler"].get(f"/dossiers/{dossier.number}/").content.decode()
    field = page[page.index("data-file>") : page.index('type="file"')]
    assert "Chọn trên máy" in field and "Chưa chọn tệp nào" in field
    assert 'aria-hidden="true" hidden>' in field
    assert "chosen-file" in page


def test_no_file_chosen_and_nobody_to_add(world, clients):
    dossier = placed(world, "taken")
    page = clients["handler"].post(f"/dossiers/{dossier.number}/files/", {})
    assert page.status_code == 422
    assert "Chọn một tệp trên máy." in page.content.decode()
    page = add(clients["leader"], dossier)
    assert "Hồ sơ ở trạng thái này không nhận thêm tệp" in page.content.decode()
    assert not Attachment.objects.exists()


def test_a_file_lost_from_the_store_is_said_not_failed(world, clients):
    dossier = placed(world, "taken")
    add(clients["handler"], dossier)
    row = Attachment.objects.get()
    Archive(settings.FILES).path(row.digest).unlink()
    page = clients["handler"].get(f"/dossiers/{dossier.number}/files/{row.pk}/", follow=True)
    assert "Tệp không còn trong kho lưu trữ" in page.content.decode()


def test_one_officers_many_files_leave_the_pages_to_the_others(world, clients):
    dossier = placed(world, "taken")
    handler = world.officers["handler"].pk
    with one_of_few(handler), one_of_few(handler):
        page = add(clients["handler"], dossier)
        assert page.status_code == 422
        assert "ông/bà đang có tệp khác chờ mở" in page.content.decode()
        with one_of_few(handler + 1):
            pass
    assert Attachment.objects.count() == 0
    assert "Đã thêm tệp" in add(clients["handler"], dossier).content.decode()
