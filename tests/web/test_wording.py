"""What an officer is told when an act is refused."""

import pytest

from motcua.domain.standing import ExtensionFlaw, ExtensionRefused
from motcua.gateways.accepted import FileRefused, Flaw
from motcua.web.wording import explain


@pytest.mark.parametrize("flaw", list(ExtensionFlaw))
def test_a_refused_extension_says_why_and_what_to_do(flaw):
    said = explain(ExtensionRefused(flaw))
    assert said.startswith("Không gia hạn được: ") and said.endswith(".")
    assert said.count(". ") >= 1


@pytest.mark.parametrize("flaw", list(Flaw))
def test_a_refused_file_says_why_and_what_to_do(flaw):
    said = explain(FileRefused(flaw))
    assert said.startswith(("Tệp ", "Ảnh ", "Không mở được tệp", "Chưa mở được tệp"))
    assert said.endswith(".")
    assert said.count(". ") >= 1
