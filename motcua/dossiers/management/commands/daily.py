"""motcua daily"""

from typing import Any, Final

from django.core.management.base import BaseCommand

from motcua.clock import now
from motcua.domain import spoken
from motcua.dossiers.services.daily import DaysWork, run

NOT_ALL: Final = 1
EXAMPLES: Final = """ví dụ:
  motcua daily
  motcua daily --home /srv/motcua

Đề xuất thư gia hạn cho hồ sơ sắp chậm, thư xin lỗi cho hồ sơ đã quá hạn, thông báo dừng cho hồ sơ
không được bổ sung đúng hẹn; bỏ dự thảo không còn lý do. Mọi dự thảo chờ người ký duyệt, lệnh này
không gửi gì. Mỗi hồ sơ nhiều nhất một dự thảo: chạy lại, hay hai lệnh cùng chạy, không hại gì.
motcua serve và motcua demo tự chạy lệnh này lúc mở và mỗi sáng. Mã thoát: 0 đã xét hết, 1 có hồ sơ
chưa xét được vì chưa công bố lịch làm việc.
"""


class Command(BaseCommand):
    help = "Việc đầu ngày: đề xuất thư xin lỗi, thư gia hạn và thông báo dừng đến lúc phải gửi."
    examples = EXAMPLES

    def handle(self, **options: Any) -> None:
        done = run(at=now())
        self.stdout.write(_said(done))
        for year in sorted(done.unknown_years):
            self.stderr.write(
                f"Có hồ sơ chưa xét được vì chưa công bố lịch làm việc năm {year}. Nạp lịch rồi "
                "chạy lại: motcua calendar load."
            )
        if done.unknown_years:
            raise SystemExit(NOT_ALL)


def _said(done: DaysWork) -> str:
    proposed = (
        (done.extensions, "thư gia hạn"),
        (done.apologies, "thư xin lỗi"),
        (done.stops, "thông báo dừng giải quyết"),
    )
    drafts = ", ".join(f"{spoken.whole(number)} {name}" for number, name in proposed if number)
    said = f"đề xuất {drafts}, chờ duyệt" if drafts else "không có văn bản nào phải đề xuất"
    if done.given_up:
        said += f"; bỏ {spoken.whole(done.given_up)} dự thảo không còn lý do"
    return f"đã xét {spoken.whole(done.looked_at)} hồ sơ: {said}"
