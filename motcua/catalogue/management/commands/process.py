"""motcua process export | import"""

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.arguments import day
from motcua.catalogue.defect_words import sentence_of
from motcua.catalogue.drafting import (
    BeginsInThePast,
    ProcedureUnknown,
    check_written,
    import_processes,
    written_of,
)
from motcua.catalogue.file_words import line_of_flaw
from motcua.catalogue.publication import in_force
from motcua.catalogue.services import VersionOverlaps
from motcua.clock import now
from motcua.domain import spoken
from motcua.domain.calendar import office
from motcua.domain.process_file import (
    LARGEST_FILE,
    ProcessFileUnreadable,
    WrittenProcess,
    read,
    write,
)

EXAMPLES: Final = """ví dụ:
  motcua process export --procedure 1.001193 --file khai-sinh.toml
  motcua process export > moi-quy-trinh.toml
  motcua process import khai-sinh.toml
  motcua process import khai-sinh.toml --from 2026-12-01

import kiểm tra cả tệp trước khi ghi: sai một dòng thì không ghi gì. Không có --from thì các quy
trình vào bản soạn, quản trị viên xem và công bố trên trang Quy trình.
"""
WRONG: Final = 1


class Command(BaseCommand):
    help = "export: viết quy trình đang áp dụng ra một tệp; import: nhận quy trình từ tệp."
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", metavar="export|import", required=True)
        out = acts.add_parser("export", help="viết quy trình ra tệp, hoặc ra màn hình")
        out.add_argument(
            "--procedure", metavar="MÃ", action="append", help="chỉ thủ tục này; ghi được nhiều lần"
        )
        out.add_argument("--file", metavar="TỆP", type=Path, help="mặc định: in ra màn hình")
        taken = acts.add_parser("import", help="nhận quy trình từ tệp")
        taken.add_argument("file", metavar="TỆP", type=_text_of, help="tệp do export viết ra")
        taken.add_argument(
            "--from",
            dest="valid_from",
            metavar="NGÀY",
            type=day,
            help="công bố ngay, áp dụng từ ngày này (YYYY-MM-DD)",
        )

    def handle(self, **options: Any) -> None:
        if options["act"] == "export":
            self._export(options["procedure"], options["file"])
        else:
            self._import(options["file"], options["valid_from"])

    def _export(self, codes: list[str] | None, file: Path | None) -> None:
        versions = in_force(office(now()).date())
        if codes:
            versions = versions.filter(procedure__code__in=codes)
            known = set(versions.values_list("procedure__code", flat=True))
            for code in codes:
                if code not in known:
                    raise CommandError(_unknown(code), returncode=WRONG)
        processes = [written_of(version) for version in versions]
        if file is None:
            self.stdout.write(write(processes), ending="")
            return
        file.write_text(write(processes), encoding="utf-8")
        self.stdout.write(f"đã viết {spoken.whole(len(processes))} quy trình vào {file}")

    def _import(self, text: str, valid_from: date | None) -> None:
        at = now()
        try:
            written = read(text)
            self._check(written, at.date())
            published = import_processes(written, officer=None, at=at, valid_from=valid_from)
        except ProcessFileUnreadable as problem:
            raise CommandError(line_of_flaw(problem), returncode=WRONG) from None
        except ProcedureUnknown as problem:
            raise CommandError(_unknown(problem.code), returncode=WRONG) from None
        except BeginsInThePast:
            raise CommandError(
                "ngày áp dụng đã qua. Chọn hôm nay hoặc một ngày sau.", returncode=WRONG
            ) from None
        except VersionOverlaps as problem:
            began = spoken.day(problem.before.valid_from)
            raise CommandError(
                f"thủ tục {problem.before.procedure.code} đã có phiên bản áp dụng từ {began}. Chọn "
                "một ngày sau đó.",
                returncode=WRONG,
            ) from None
        number = spoken.whole(len(written))
        if published:
            began = spoken.day(published[0].valid_from)
            self.stdout.write(f"đã công bố {number} quy trình, áp dụng từ {began}")
        else:
            self.stdout.write(f"đã nhận {number} quy trình vào bản soạn, chưa công bố")

    def _check(self, written: tuple[WrittenProcess, ...], on: date) -> None:
        """Say everything that is wrong, and end.  Raises ProcedureUnknown."""
        names = {one.procedure: {s.code: s.name for s in one.steps} for one in written}
        found = check_written(written, on=on)
        for code, findings in found.items():
            for finding in findings:
                self.stderr.write(f"thủ tục {code}: {sentence_of(finding, names[code])}")
        if found:
            raise CommandError(
                f"{spoken.whole(len(found))} quy trình còn chỗ sai, chưa ghi gì.", returncode=WRONG
            )


def _text_of(path: str) -> str:
    try:
        content = Path(path).read_bytes()
    except OSError:
        raise ArgumentTypeError(f"không mở được {path}") from None
    if len(content) > 4 * LARGEST_FILE:
        raise ArgumentTypeError(f"{path} quá lớn")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ArgumentTypeError(f"{path} không phải chữ UTF-8") from None


def _unknown(code: str) -> str:
    return f"không có thủ tục {code}. Xem mã ở trang Danh mục thủ tục."
