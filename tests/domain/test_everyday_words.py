"""Finding procedures by everyday words: what answers, what does not, and in which order."""

import pytest

from motcua.domain.everyday_words import Named, NameIndex

NAMES = {
    1: ("Đăng ký khai sinh", "giấy khai sinh"),
    2: ("Đăng ký lại khai sinh", ""),
    3: ("Đăng ký nghĩa vụ quân sự tạm vắng", ""),
    4: ("Tạm thời cách ly trẻ em khỏi môi trường", "cấp cứu, nơi cư trú"),
    5: ("Chứng thực chữ ký", ""),
    6: ("Tặng Giấy khen về thực hiện nhiệm vụ chính trị", ""),
    7: ("Cấp Giấy chứng nhận quyền sử dụng đất", "sổ đỏ, đất đai"),
    8: ("Hòa giải tranh chấp đất đai", ""),
    9: ("Sổ đăng ký doanh nghiệp", ""),
    10: ("Khen thưởng đột xuất", ""),
}
INDEX = NameIndex(tuple(Named(key, *names) for key, names in NAMES.items()))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("khai sinh", [1, 2]),
        ("sinh khai", [1, 2]),
        ("chung thuc chu ky", [5]),
        ("dat dai", [7, 8]),
        ("so do", [7]),
        ("tam vang", [3]),
        ("quan su tam tru", [3]),
        ("dam khai sinh", [1, 2]),
        ("tam tru", [4]),
        ("tam do", []),
        ("quan tru", []),
        ("khai s", [1, 2]),
        ("so d", [9, 7]),
        ("khai xinh", [1, 2]),
        ("xin giay khai sinh cho con", [1]),
        ("khen", [10, 6]),
        ("tặg giấy khen", [6]),
    ],
)
def test_every_word_is_answered_or_most_of_many(typed, found):
    assert INDEX.find(typed) == found
