"""motcua demo"""

from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.agencies.models import Agency
from motcua.arguments import WRONG, add_port, share
from motcua.home import LOCK, alone
from motcua.listening import check_free
from motcua.scenarios.demo_clock import name_of

# What is built where no scenario is named, and what each builds, in words.
SCENARIO: Final = "nghia-hung-2021"
BUILDS: Final = {
    "nghia-hung-2021": "huyện Nghĩa Hưng, tỉnh Nam Định",
    "ninh-binh-2026": "bảy xã của tỉnh Ninh Bình đến sáng nay",
}
EXAMPLES: Final = """ví dụ:
  motcua demo
  PORT=8080 motcua demo
  motcua demo --scale 0.02 --home /tmp/huyen-nho
  motcua demo --scenario ninh-binh-2026 --home /tmp/ninh-binh

Lần đầu dựng cả huyện Nghĩa Hưng từ 01/01/2020 đến 08:03 ngày 17/03/2021: 50.677 hồ sơ, khoảng
một phút; hoặc bảy xã của tỉnh Ninh Bình (ninh-binh-2026) trong một năm đến 08:03 hôm nay, khoảng
26.000 hồ sơ. Các lần sau mở ngay và tiếp tục từ việc đã làm. Dừng: Ctrl+C.
"""


class Command(BaseCommand):
    help = "Dùng thử: dựng một địa bàn thật trong một năm, rồi mở ở trình duyệt."
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        add_port(parser)
        parser.add_argument(
            "--scenario",
            choices=sorted(BUILDS),
            metavar="TÊN",
            help=f"địa bàn dựng lần đầu: {', '.join(BUILDS)} (mặc định: {SCENARIO})",
        )
        parser.add_argument(
            "--scale",
            type=share,
            default=1.0,
            metavar="PHẦN",
            help="dựng một phần, ví dụ 0.02 (mặc định: 1)",
        )

    def handle(self, **options: Any) -> None:
        check_free("127.0.0.1", options["port"])  # before the minute it takes to build
        with alone(settings.HOME / LOCK):
            wanted = options["scenario"]
            if not Agency.objects.exists():
                name = wanted or SCENARIO
                self.stdout.write(f"Lần đầu: dựng {BUILDS[name]}, khoảng một phút.")
                call_command("replay", scenario=name, scale=options["scale"])
            elif not settings.SCENARIO_FILE.exists():
                raise CommandError(
                    f"{settings.HOME} chứa dữ liệu không phải bản dùng thử nên không dựng gì vào "
                    "đó. Mở dữ liệu ấy: motcua serve. Dùng thử ở nơi khác: "
                    "motcua demo --home THƯ_MỤC_MỚI",
                    returncode=WRONG,
                )
            elif wanted not in (None, name_of(settings.SCENARIO_FILE)):
                raise CommandError(
                    f"{settings.HOME} đã có bản dùng thử khác. Mở bản ấy: motcua demo. Dựng bản "
                    f"này ở nơi khác: motcua demo --scenario {wanted} --home THƯ_MỤC_MỚI",
                    returncode=WRONG,
                )
        settings.DEMO = True
        call_command("serve", port=options["port"])
