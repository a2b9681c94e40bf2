"""Django's settings, all from the environment; without ``DATABASE_URL`` and ``ALJABR_SECRET_KEY`` nothing starts.

``DATABASE_URL`` is the application's role, which owns nothing; ``DATABASE_OWNER_URL`` runs migrations and is set only there.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from django.conf.locale import LANG_INFO
from psycopg.conninfo import conninfo_to_dict

_HERE = Path(__file__).parent


def database(url: str) -> dict[str, Any]:
    """Return Django's settings of the database a URL names."""
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", ""),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": True,
        "OPTIONS": {"options": "-c timezone=UTC -c statement_timeout=30000"},
    }


DATABASES = {"default": database(os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL", ""))}
SECRET_KEY = os.environ.get("ALJABR_SECRET_KEY", "")
# The key of the public log: 32 bytes derived from the installation's secret unless given.
LEDGER_KEY = hashlib.sha256(b"aljabr registry ledger" + os.environ.get("ALJABR_LEDGER_SECRET", SECRET_KEY).encode()).digest()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("ALJABR_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("ALJABR_ORIGINS", "").split(",") if origin]
SECURE = os.environ.get("ALJABR_HTTPS", "") == "1"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "aljabr.registry.events",
    "aljabr.registry.accounts",
    "aljabr.registry.parties",
    "aljabr.registry.bodies",
    "aljabr.registry.evidence",
    "aljabr.registry.claims",
    "aljabr.registry.procedure",
    "aljabr.registry.decisions",
    "aljabr.registry.letters",
    "aljabr.registry.runs",
    "aljabr.registry.exports",
    "aljabr.registry.tokens",
    "procrastinate.contrib.django",
    "aljabr.registry.guards",
    "aljabr.registry.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "aljabr.registry.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "aljabr.registry.accounts.middleware.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "aljabr.registry.web.security.ContentSecurityMiddleware",
]
ROOT_URLCONF = "aljabr.registry.urls"
WSGI_APPLICATION = "aljabr.registry.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "aljabr.registry.web.context.page",
            ],
        },
    }
]
AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "sign-in"
SESSION_COOKIE_NAME = "aljabr_session"
SESSION_COOKIE_AGE = 60 * 60 * 8
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "ar"
LANG_INFO["kmr"] = {"bidi": False, "code": "kmr", "name": "Kurmanji", "name_local": "Kurmancî"}
LANGUAGES = [("ar", "العربية"), ("ckb", "کوردیی ناوەندی"), ("kmr", "Kurmancî"), ("en", "English")]
LOCALE_PATHS = [_HERE / "locale"]
STATIC_URL = "/static/"
STATIC_ROOT = _HERE / "static_root"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = Path(os.environ.get("ALJABR_DATA", "aljabr-data")) / "files"
EVIDENCE_LIMIT_BYTES = int(os.environ.get("ALJABR_EVIDENCE_LIMIT_MB", "50")) * 1_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
PROGRAMMES = tuple(name for name in os.environ.get("ALJABR_PROGRAMMES", "IQ-LAW20").split(",") if name)
# How far the names of an officer's kin and of a party must agree to raise a doubt: whole_name, father_and_family, family.
RECUSAL_NAMES = os.environ.get("ALJABR_RECUSAL_NAMES", "father_and_family")
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
