"""Settings: one file, read from the environment.

MOTCUA_HOME     the folder that holds the database, the files and the keys (default: var/)
DATABASE_URL    replaces only the database: postgresql://user:password@host:port/name
MOTCUA_PUBLIC   the address citizens use, with its scheme: https://motcua.xa.gov.vn
MOTCUA_PROXIES  how many proxies stand in front, whose X-Forwarded-* headers are believed (0)
MOTCUA_HOSTS    further names and addresses that browsers may type, comma between them
MOTCUA_OPINION_LIMIT  until when another agency is asked to answer, as proposed (2 working_day)
MOTCUA_ANSWER_LIMIT   until when an applicant is asked to answer, as proposed (15 working_day)
MOTCUA_SECRET_KEY   the key of the sessions, instead of the home's own secret.key

For the tests alone:
MOTCUA_STATIC       another storage of the static files, so that nothing need be collected
MOTCUA_TEST_SQLITE  the file of the test database (default: in memory)
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("MOTCUA_HOME", ROOT / "var")).resolve()
ADDRESSES = (
    "Viết postgresql://người-dùng:mật-khẩu@máy:cổng/tên hoặc sqlite:////thư-mục/tệp; "
    "bỏ biến này thì dùng tệp trong thư mục dữ liệu"
)


def _secret_key(home: Path) -> str:
    """Return the key of this home, made on first use and readable by its owner only."""
    path = home / "secret.key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        written = home / f"secret.key.{os.getpid()}"
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        # A whole key appears at once; when two processes meet, the first one's holds.
        with suppress(FileExistsError):
            os.link(written, path)
        written.unlink()
    try:
        key = path.read_text(encoding="ascii")
    except UnicodeDecodeError:
        key = ""
    if not key.strip():
        raise ValueError(
            f"{path}: tệp khóa rỗng hoặc đã hỏng. Chép lại từ bản sao lưu; không có thì xóa tệp "
            "ấy rồi chạy lại để tạo khóa mới, mọi người phải đăng nhập lại"
        )
    return key


def _sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: a receipt in a citizen's hand survives a power cut, as on PostgreSQL.
            # 32 MB of pages for each thread that keeps its connection. Nothing is mapped: however
            # large the file grows, a worker stays below the size at which it is replaced.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;"
            ),
        },
        # Opening the file, its schema and its functions anew costs a page a seventh of its time.
        "CONN_MAX_AGE": 600,
        # A file, so that the threads of a live server and a test see one database.
        "TEST": {"NAME": os.environ.get("MOTCUA_TEST_SQLITE") or None},
    }


def _database(address: str | None) -> dict[str, object]:
    if not address:
        return _sqlite(HOME / "motcua.sqlite3")
    # What is said of a wrong address never repeats it: it may hold a password.
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise ValueError(f"DATABASE_URL: máy hoặc cổng viết sai. {ADDRESSES}") from None
    if parts.scheme not in ("sqlite", "postgresql", "postgres"):
        raise ValueError(f"DATABASE_URL: không bắt đầu bằng loại cơ sở dữ liệu. {ADDRESSES}")
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ValueError(f"DATABASE_URL: thiếu tên cơ sở dữ liệu. {ADDRESSES}")
    if parts.scheme == "sqlite":
        return _sqlite(Path("/", parts.path.lstrip("/")))
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,
        # After a restart or a change of server each request finds out first, and connects anew.
        "CONN_HEALTH_CHECKS": True,
    }


def _public(address: str) -> str:
    """Return scheme and host of the public address, without a slash; empty when none is given."""
    address = address.rstrip("/")
    parts = urlsplit(address)
    whole = parts.scheme in ("http", "https") and parts.hostname
    if address and (not whole or address != f"{parts.scheme}://{parts.netloc}"):
        raise ValueError(f"MOTCUA_PUBLIC: https://tên-máy, không phải {address!r}")
    return address


def _host(address: str) -> str:
    host = urlsplit(address).hostname or ""
    return f"[{host}]" if ":" in host else host


def _proxies(number: str) -> int:
    if not number.isdecimal():
        raise ValueError(f"MOTCUA_PROXIES: số máy chủ chuyển tiếp, không phải {number!r}")
    return int(number)


SECRET_KEY = os.environ.get("MOTCUA_SECRET_KEY") or _secret_key(HOME)
DEBUG = False
PUBLIC = _public(os.environ.get("MOTCUA_PUBLIC", ""))
PROXIES = _proxies(os.environ.get("MOTCUA_PROXIES", "0"))
OPINION_LIMIT = os.environ.get("MOTCUA_OPINION_LIMIT", "2 working_day")
ANSWER_LIMIT = os.environ.get("MOTCUA_ANSWER_LIMIT", "15 working_day")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS += filter(None, os.environ.get("MOTCUA_HOSTS", "").split(","))
CSRF_TRUSTED_ORIGINS = []
if PUBLIC:
    ALLOWED_HOSTS.append(_host(PUBLIC))
    CSRF_TRUSTED_ORIGINS.append(PUBLIC)
# Counted from the right of X-Forwarded-For: what stands further left a visitor may have written.
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# A home made by a replay: synthetic people, accounts listed on the sign-in page.
SCENARIO_FILE = HOME / "scenario.json"
DEMO = SCENARIO_FILE.exists()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    # Before allauth: its pages are ours to word.
    "motcua.web",
    "allauth",
    "allauth.account",
    "django_htmx",
    "motcua.agencies",
    "motcua.applicants",
    "motcua.catalogue",
    "motcua.dossiers",
    "motcua.reports",
    "motcua.scenarios",
]

MIDDLEWARE = [
    "motcua.web.middleware.careful",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "motcua.web.middleware.StorageWatch",
    "motcua.web.middleware.who_acts",
]

ROOT_URLCONF = "motcua.web.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "motcua.web.context.every_page",
            ],
            "builtins": ["motcua.web.templatetags.spoken"],
        },
    },
]
FORM_RENDERER = "motcua.web.rendering.FieldRenderer"

DATABASES = {"default": _database(os.environ.get("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by every process of an installation: rate limits of the sign-in page live in it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
        # Beyond this the oldest limits would be forgotten early.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# Signing in: by name and password; accounts are made by the administrator, never by visitors.
AUTHENTICATION_BACKENDS = ["motcua.web.sign_in.Accounts"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"motcua.agencies.passwords.{name}"}
    for name in ("LongEnough", "NotTheName", "NotDigitsAlone", "NotCommon")
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
ACCOUNT_ADAPTER = "motcua.web.sign_in.StaffOnly"
ACCOUNT_FORMS = {
    "login": "motcua.web.sign_in.SignInForm",
    "change_password": "motcua.web.sign_in.PasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
# An office stands behind one address: one name tried wrongly keeps nobody else out of it.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/5m/key",
    "login_failed_from_here": "60/5m/ip",
    "login": "120/m/ip",
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC.startswith("https://")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "motcua.web.errors.csrf_failed"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Uploads are opened and checked in memory, then kept under their digest.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "motcua.web.formats"

FILES = HOME / "files"
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": os.environ.get(
            "MOTCUA_STATIC", "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
