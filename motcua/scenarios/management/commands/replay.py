"""motcua replay"""

import sys
from time import monotonic
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.arguments import WRONG, day, share
from motcua.clock import now
from motcua.domain import spoken
from motcua.scenarios import replay
from motcua.scenarios.files import SCENARIOS, DayNotReached, scenario

WIDTH: Final = 30
PLAIN_LINES: Final = 5


class Command(BaseCommand):
    help = "Ghi lại một kịch bản vào một thư mục dữ liệu còn trống: một địa bàn, một năm hồ sơ."
    examples = (
        "ví dụ:\n"
        "  motcua replay --scenario nghia-hung-2021 --home /tmp/huyen\n"
        "  motcua replay --scenario ninh-binh-2026 --scale 0.02 --seed 7 --home /tmp/nho\n"
        "  motcua replay --scenario ninh-binh-2026 --opens-on 2026-11-25 --home /tmp/hom-ay"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--scenario", required=True, choices=sorted(SCENARIOS), help="tên kịch bản"
        )
        parser.add_argument(
            "--seed", type=int, default=1, help="số gieo; cùng số thì ra cùng dữ liệu (mặc định: 1)"
        )
        parser.add_argument(
            "--scale",
            type=share,
            default=1.0,
            help="phần của kịch bản, từ 0.001 đến 1 (mặc định: 1)",
        )
        parser.add_argument(
            "--opens-on",
            type=day,
            metavar="NGÀY",
            help="ngày mở ra xem, với kịch bản kể năm vừa qua: ninh-binh-2026 (mặc định: hôm nay)",
        )

    def handle(self, **options: Any) -> None:
        began = monotonic()
        try:
            done = replay.replay(
                scenario(options["scenario"], opens_on=options.get("opens_on") or now().date()),
                seed=options["seed"],
                scale=options["scale"],
                progress=_Bar(began),
            )
        except replay.HomeInUse:
            raise CommandError(
                "nơi này đã có dữ liệu nên không ghi kịch bản vào. "
                "Chọn một thư mục trống: motcua replay --scenario … --home THƯ_MỤC_MỚI",
                returncode=WRONG,
            ) from None
        except DayNotReached as problem:
            raise CommandError(
                f"kịch bản này mở được từ {spoken.day(problem.first)} đến "
                f"{spoken.day(problem.last)}: ngoài khoảng ấy thì mẫu giấy tờ khác hoặc chưa có "
                "lịch nghỉ lễ. Chọn một ngày trong khoảng: --opens-on NĂM-THÁNG-NGÀY",
                returncode=WRONG,
            ) from None
        self.stdout.write(
            f"{done.received} hồ sơ, {done.events} sự kiện của {done.units} bộ phận Một cửa; "
            f"đồng hồ bắt đầu lúc {done.clock_start:%H:%M %d/%m/%Y}. "
            f"Mất {monotonic() - began:.0f} giây."
        )


class _Bar:
    """Shows on stderr how far the replay is: a bar in a terminal, a few lines elsewhere."""

    def __init__(self, began: float) -> None:
        self._began = began
        self._told = 0

    def __call__(self, done: int, total: int) -> None:
        if not total:
            return
        words = f"{done}/{total} hồ sơ, {monotonic() - self._began:.0f} giây"
        if sys.stderr.isatty():
            full = WIDTH * done // total
            end = "\n" if done == total else ""
            print(
                f"\r[{'#' * full}{'.' * (WIDTH - full)}] {words}",
                end=end,
                file=sys.stderr,
                flush=True,
            )
            return
        part = PLAIN_LINES * done // total
        if part > self._told:
            self._told = part
            print(f"Đang ghi kịch bản: {words}", file=sys.stderr, flush=True)
