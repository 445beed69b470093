"""Who speaks on a printed paper: the committee, its unit, the place, the symbol of the number.

Source: Decree 30/2020 art. 8 and annex I; the heads of the forms of Circular 01/2018.
"""

import re
from collections.abc import Collection, Iterable
from typing import Final

from motcua.domain.vietnamese import tidy

_COMMITTEE: Final = re.compile(r"^(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+", re.IGNORECASE)
_RANK: Final = re.compile(
    r"^(?:tỉnh|thành phố|thị xã|thị trấn|đặc khu|quận|huyện|phường|xã)\s+(?=\D)", re.IGNORECASE
)
_CENTRE: Final = "Trung tâm Phục vụ hành chính công"
_SECTION: Final = "Bộ phận Tiếp nhận và Trả kết quả"
_RANKS: Final = ("xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã", "thành phố")


def committee(agency_name: str) -> tuple[str, ...]:
    """Return the lines of the head that name the agency, in capitals.

    >>> committee("UBND thị trấn Liễu Đề")
    ('ỦY BAN NHÂN DÂN', 'THỊ TRẤN LIỄU ĐỀ')
    """
    name = tidy(agency_name)
    of = _COMMITTEE.sub("", name)
    return (name.upper(),) if of == name else ("ỦY BAN NHÂN DÂN", of.upper())


def place(agency_name: str) -> str:
    """Return the place a paper of this agency is dated at.

    >>> place("UBND huyện Nghĩa Hưng"), place("UBND Phường 3")
    ('Nghĩa Hưng', 'Phường 3')
    """
    return _RANK.sub("", _COMMITTEE.sub("", tidy(agency_name)))


def ranks(agency_names: Iterable[str]) -> str:
    """Return what kinds of places these agencies govern, each kind once, in the usual order.

    >>> ranks(["UBND thị trấn Liễu Đề", "UBND xã Nghĩa Lâm", "UBND xã Nghĩa Sơn"])
    'xã, thị trấn'
    """
    governed = [_COMMITTEE.sub("", tidy(name)).lower() for name in agency_names]
    return ", ".join(rank for rank in _RANKS if any(of.startswith(f"{rank} ") for of in governed))


def units_called(unit_names: Collection[str]) -> str:
    """Return what people call these units together.

    >>> units_called(["Trung tâm Phục vụ hành chính công xã Nghĩa Hưng"])
    'Trung tâm Phục vụ hành chính công'
    """
    centres = bool(unit_names) and all(map(is_centre, unit_names))
    return _CENTRE if centres else _SECTION


def is_centre(unit_name: str) -> bool:
    """Whether the unit is a public administration service centre, by its name."""
    return tidy(unit_name).lower().startswith(_CENTRE.lower())


def section(unit_name: str) -> tuple[str, ...]:
    """Return the lines of the head that name the unit, in capitals.

    >>> section("Bộ phận Một cửa thị trấn Liễu Đề")
    ('BỘ PHẬN TIẾP NHẬN', 'VÀ TRẢ KẾT QUẢ')
    """
    if is_centre(unit_name):
        return ("TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG")
    return ("BỘ PHẬN TIẾP NHẬN", "VÀ TRẢ KẾT QUẢ")


def number(position: int, unit_name: str) -> str:
    """Return the number of a paper with the symbol of the unit that issues it.

    >>> number(12, "Bộ phận Một cửa thị trấn Liễu Đề")
    '12/BPTNTKQ'
    """
    return f"{position}/{'TTPVHCC' if is_centre(unit_name) else 'BPTNTKQ'}"
