"""motcua serve"""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from socket import create_connection
from threading import Thread
from time import sleep
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from motcua import clock
from motcua.agencies.queries import calendar_running_out
from motcua.arguments import add_port, count
from motcua.domain import spoken
from motcua.gateways.machine import cores
from motcua.home import LOCK, alone
from motcua.listening import check_free
from motcua.scenarios.demo_clock import start_of
from motcua.web.mornings import Mornings
from motcua.web.static_files import collect

APPLICATION: Final = "motcua.config.wsgi:application"
# Each thread may hold a database connection; without a bound the server opens hundreds.
THREADS_PER_WORKER: Final = 4
WAITING_PER_WORKER: Final = 64
LARGEST_WORKER_MB: Final = 400
MOST_WORKERS: Final = 4
POLL: Final = 0.02  # seconds
LONGEST_STOP: Final = 60  # seconds a worker may take over what it has begun
LOOK_FOR_PARENT: Final = 1.0  # seconds
EXAMPLES: Final = """ví dụ:
  motcua serve
  MOTCUA_HOSTS=motcua.xa.gov.vn motcua serve --host 0.0.0.0 --port 8080 --home /srv/motcua
  DATABASE_URL=postgresql://motcua@/motcua motcua serve --workers 4

Dừng: Ctrl+C, hoặc đóng cửa sổ dòng lệnh (nohup motcua serve thì vẫn chạy tiếp). Việc đang làm dở
được làm xong trước khi dừng.
"""


class Command(BaseCommand):
    help = "Mở phần mềm cho các máy trong cơ quan."
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--host", default="127.0.0.1", metavar="ĐỊA_CHỈ", help="mặc định: 127.0.0.1"
        )
        add_port(parser)
        parser.add_argument(
            "--workers",
            type=count,
            metavar="SỐ",
            help="số tiến trình (mặc định: theo số nhân, từ 2 đến 4)",
        )

    def handle(self, **options: Any) -> None:
        host, at_port = options["host"], options["port"]
        check_free(host, at_port)
        with alone(settings.HOME / LOCK):
            collect()
        start = start_of(settings.SCENARIO_FILE)
        if start is not None:
            clock.start_at(start)
        on = clock.now().date()
        ends = calendar_running_out(on)
        if ends is not None:
            self.stdout.write(spoken.calendar_running_out(ends, on))
        connections.close_all()  # a connection cannot be shared with the workers to come
        server = _Server(
            APPLICATION,
            address=host,
            port=at_port,
            interface=Interfaces.WSGI,
            workers=options["workers"] or _workers(),
            blocking_threads=THREADS_PER_WORKER,
            backpressure=WAITING_PER_WORKER,
            workers_max_rss=LARGEST_WORKER_MB,
            respawn_failed_workers=True,
            workers_kill_timeout=LONGEST_STOP,
            websockets=False,
            log_level=LogLevels.error,
        )
        mornings = Mornings()
        server.once_open = partial(self._opened, mornings)
        server.outlives_terminal = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        try:
            server.serve()
        finally:
            mornings.stop()

    def _opened(self, mornings: Mornings, host: str, at_port: int) -> None:
        self._say(host, at_port)
        mornings.begin()

    def _say(self, host: str, at_port: int) -> None:
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(f"Mở http://{shown}:{at_port} ở trình duyệt. Dừng: Ctrl+C.")
        if settings.DEMO:
            self.stdout.write("Bản dùng thử: trang đăng nhập nêu sẵn các tài khoản.")
        self.stdout.flush()


class _Server(Granian):
    """Says where it listens once a browser can be answered there; stops when first told to."""

    once_open: Callable[[str, int], None]
    outlives_terminal: bool

    def startup(self, *how: Any) -> None:
        """Start the workers, wait for the first to listen, and say so."""
        super().startup(*how)
        while not self.interrupt_signal:
            with suppress(OSError), create_connection((self.bind_addr, self.bind_port), timeout=1):
                self.once_open(self.bind_addr, self.bind_port)
                return
            sleep(POLL)

    def signal_handler_interrupt(self, *_how: Any) -> None:
        """Stop; a worker that was told the same, as by a service manager, is not replaced."""
        for worker in self.wrks:
            worker.interrupt_by_parent = True
        self.interrupt_signal = True
        # By another thread: the loop this interrupts may itself hold the lock of its alarm.
        Thread(target=self.main_loop_interrupt.set).start()

    def signal_handler_reload(self, *how: Any) -> None:
        """Stop with the terminal that was closed; started by nohup, go on without it."""
        if not self.outlives_terminal:
            self.signal_handler_interrupt(*how)

    def _respawn_workers(self, *how: Any, **more: Any) -> None:
        if not self.interrupt_signal:
            super()._respawn_workers(*how, **more)
        if self.interrupt_signal:
            # The loop forgets, before it calls this, that something woke it.
            self.main_loop_interrupt.set()

    def _spawn_worker(self, idx: int, target: Callable[..., None], callback_loader: Any) -> Any:
        return super()._spawn_worker(idx, partial(_work, os.getpid(), target), callback_loader)


def _work(parent: int, target: Callable[..., None], *how: Any) -> None:
    """Be a worker: stop when the parent says so or is gone, whatever the terminal says."""
    # Ctrl+C, and the terminal's end, reach every process; the parent alone decides what they mean.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    # Until the worker serves, nothing is under way: the parent's handler would only lose the word.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_stop_without, args=(parent,), daemon=True).start()
    target(*how)


def _stop_without(parent: int) -> None:
    while os.getppid() == parent:
        sleep(LOOK_FOR_PARENT)
    os.kill(os.getpid(), signal.SIGTERM)


def _workers() -> int:
    return min(max(2, cores()), MOST_WORKERS)
