"""Sign-in and sign-out; too many wrong attempts for a name or an address are slowed down."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from aljabr.registry.web.pages import Page


def sign_in(request: Page) -> HttpResponse:
    """Ask for name and password."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    failed = False
    if request.method == "POST":
        user = authenticate(request, username=request.POST.get("username", ""), password=request.POST.get("password", ""))
        if user is not None:
            login(request, user)
            return redirect(target)
        failed = True
    return render(request, "registry/sign_in.html", {"next": target, "failed": failed}, status=403 if failed else 200)


def sign_out(request: Page) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("sign-in")
