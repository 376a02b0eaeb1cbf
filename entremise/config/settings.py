"""One settings module; what differs from one installation to the next comes from `environment.load()`."""

from pathlib import Path

from entremise.config import environment, environment_mail

ENV = environment.load()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENV.secret_key
DEBUG = ENV.debug
DEMO = ENV.demo
BASE_URL = ENV.base_url
BRAND = ENTREMISE_BRAND = ENV.brand
ALLOWED_HOSTS = list(ENV.allowed_hosts)
VAR = ENV.var
JOURNAL_KEY, JOURNAL_COPY = ENV.journal_key, ENV.journal_copy
BADGES_KEY = ENV.badges_key

DOMAINS = [
    "territories",
    "accounts",
    "skills",
    "people",
    "employers",
    "passport",
    "credentials",
    "offers",
    "validations",
    "promotions",
    "reciprok",
    "matching",
    "desk",
    "indicators",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "entremise.kernel",
    *[f"entremise.{domain}" for domain in DOMAINS],
    "entremise.demo",
    "entremise.web.components",
    "entremise.web",
]
MIDDLEWARE = [
    "entremise.web.kit.one_stack.OneStack",
    "django.middleware.security.SecurityMiddleware",
    "entremise.web.kit.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "entremise.api.kit.middleware.MachineAnswers",
    "entremise.web.kit.overload.ShedLoad",
    "entremise.web.kit.middleware.DatabaseDown",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "entremise.web.kit.middleware.NoNullCharacters",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "entremise.web.kit.middleware.CurrentActor",
    "entremise.web.kit.session_life.SessionLife",
    "entremise.web.kit.limits.AnonymousPosts",
    "entremise.web.kit.middleware.Refusals",
]
ROOT_URLCONF = "entremise.config.urls"
WSGI_APPLICATION = "entremise.config.wsgi.application"

DATABASES = {"default": ENV.django_database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},  # it counts tries: few entries would let many strangers push a count out
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600  # at most, however often the site is used: web/kit/session_life.py
SESSION_AWAY_PROFESSIONAL = 2 * 3600  # an interview, then the notes about it: docs/operate/asvs.md, 7.1.1
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
_HOST = "__Host-" if SESSION_COOKIE_SECURE else ""  # no neighbour, no plain http page can set such a cookie
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_HOST}sessionid", f"{_HOST}csrftoken"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.proxies  # else everybody behind the proxy would share one visitor's limits
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
REQUESTS_AT_ONCE = 3  # in each process: more would only share the same processor
REQUESTS_WAITING = 16  # when many come at once; gunicorn.threads leaves a few to tell the others
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
MAX_SPREADSHEET_BYTES = 20_000_000

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "entremise.web.kit.context.page",
                "entremise.web.components.brand.page_brand",
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
        },
    }
]
COTTON_DIR = "components"
COTTON_ISOLATE_BY_DEFAULT = True  # a component sees its attributes, never the variables of the page around it

LANGUAGE_CODE = ENV.language
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["entremise.locale"]  # British dates, not the American ones of Django
LANGUAGE_COOKIE_NAME = f"{_HOST}langue"
DEVICE_COOKIE_NAME = f"{_HOST}navigateur"
LANGUAGE_COOKIE_SECURE, LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE = SESSION_COOKIE_SECURE, True, "Lax"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR / "files"}},
    "staticfiles": {"BACKEND": "entremise.web.kit.hashed_files.HashedFiles"},
}
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").is_file()  # else they would hide the gathered files
WHITENOISE_MAX_AGE = 60 if DEMO else 86_400  # under their own names; those named by their content never change

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "entremise.web.kit.passwords.NotAboutTheService"},
    {"NAME": "entremise.web.kit.passwords.NotKnownToEverybody"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "entremise.web.kit.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = (
    "none"  # a code, an invitation or an operator proves the address before the account exists
)
ACCOUNT_RATE_LIMITS = {  # counted in the database cache; "key" is the address, the number, the visit or the link
    "login_failed": "10/h/key,100/h/ip",
    "code_request": "5/15m/key,15/d/key,300/h/ip",
    "code_try": "5/10m/key,300/h/ip",
    "reset_password": "5/h/key,60/h/ip",
    "short_code": "30/h/ip",
    "link_again": "3/h/key,60/h/ip",
}
ANONYMOUS_POSTS = (600, 600)  # at most so many forms in so many seconds, by address and by process of the site
MFA_ADAPTER = "entremise.web.kit.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = BRAND.name
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True  # see ACCOUNT_EMAIL_VERIFICATION
MFA_REAUTHENTICATION_REQUIRED = False  # our own pages ask for the password, in the form that changes something
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SESSION_COOKIE_SECURE

SMTP_CONFIGURED = ENV.smtp is not None
if ENV.smtp is not None:
    EMAIL_HOST, EMAIL_PORT = ENV.smtp.host, ENV.smtp.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENV.smtp.user, ENV.smtp.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = ENV.smtp.use_tls, ENV.smtp.use_ssl
EMAIL_TIMEOUT = 10
SMS = ENV.sms
MAILING = environment_mail.load_mailing()
SPOOL = VAR / "spool"
DEFAULT_FROM_EMAIL = ENV.mail_from
DPO_MAIL = ENV.dpo_mail
FRAUD_MAIL = ENV.fraud_mail
MAIL_DOMAIN = ENV.mail_from.rsplit("@", 1)[-1].strip("> ")

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_IMPORT_PATHS = [
    "entremise.credentials.jobs_files",
    "entremise.credentials.jobs_people",
    "entremise.kernel.delivery",
    "entremise.offers.jobs_duplicates",
    "entremise.offers.jobs_feeds",
    "entremise.offers.jobs_followup",
    "entremise.people.jobs_vigilance",
    "entremise.promotions.jobs_import",
    "entremise.reciprok.jobs_label",
    "entremise.kernel.seal_jobs",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "entremise.kernel.logs.RedactingFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"entremise": {"level": "INFO"}},
}
