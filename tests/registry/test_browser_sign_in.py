"""Two factors in the browser: a code generator is added, its code asked for from then on, recovery codes shown once."""

from __future__ import annotations

import base64
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.registry.browser import PHONE, Registry, served, violations

PASSWORD = "a long word of the test"
EASTERN = {"ar": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"), "en": {}}


@pytest.fixture(scope="module")
def entered() -> Iterator[Registry]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with served() as found:
            _give_passwords()
            yield found


def _give_passwords() -> None:
    from django.contrib.auth.hashers import make_password
    from django.db import transaction

    from aljabr.registry.accounts.models import User
    from aljabr.registry.viewers import system_viewer

    with transaction.atomic():
        system_viewer().bind()
        User.objects.filter(username__in=["observer", "finance"]).update(password=make_password(PASSWORD))


def _enter(page: Any, registry: Registry, name: str) -> None:
    registry.go(page, "/sign-in")
    page.locator("#username").fill(name)
    page.locator("#password").fill(PASSWORD)
    _press(page)


def _press(page: Any) -> None:
    page.locator("main form button").first.click()
    page.wait_for_load_state("load")


def _keep(page: Any, name: str) -> None:
    folder = os.environ.get("ALJABR_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"registry-{name}.png", full_page=True, animations="disabled")


@pytest.mark.parametrize(("language", "name"), [("ar", "observer"), ("en", "finance")])
def test_a_code_generator_is_added_and_asked_for_from_then_on(entered: Registry, language: str, name: str) -> None:
    from aljabr.registry.accounts.codes import code_at

    with entered.seen_by("", language=language, listening=False) as page:
        _enter(page, entered, name)
        entered.go(page, "/")
        assert page.url.endswith("/account"), "without a second factor there is nothing but adding one"
        found = violations(page)
        page.locator("form[action='/account/code'] button").click()
        page.locator("#code").wait_for()
        secret = base64.b32decode(page.locator("main code").inner_text().replace(" ", ""))
        found += violations(page)
        _keep(page, f"13-generator-{language}")
        page.locator("#code").fill("000000" if code_at(secret, time.time()) != "000000" else "111111")
        _press(page)
        assert page.get_by_role("alert").count() == 1
        page.locator("#code").fill(code_at(secret, time.time()).translate(EASTERN[language]))
        _press(page)
        assert page.locator("main li").count() == 10
        found += violations(page)
        _keep(page, f"14-recovery-{language}")
    with entered.seen_by("", language=language, viewport=PHONE, listening=False) as page:
        _enter(page, entered, name)
        entered.go(page, "/claims")
        assert "/sign-in/second" in page.url, "one factor opens no page"
        found += violations(page)
        _keep(page, f"15-second-factor-{language}")
        page.locator("#code").fill(code_at(secret, time.time() + 30))
        _press(page)
        page.wait_for_url(re.compile(r"/claims$|/$"))
        found += violations(page)
    assert found == []
