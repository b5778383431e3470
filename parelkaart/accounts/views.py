"""The pages around signing in that django-allauth does not have."""

from __future__ import annotations

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from parelkaart.accounts import factors
from parelkaart.accounts.events import log_event
from practices.editorial.preferences import set_wants_digests, wants_digests


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "second_factor": factors.has_one(request.user),
        "second_factor_missing": factors.is_missing(request, request.user),
        "linked": SocialAccount.objects.filter(user=request.user).exists(),
        "provider": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
        "wants_digests": wants_digests(request.user),
    }
    return render(request, "account/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reminders(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        set_wants_digests(request.user, request.POST.get("herinneringen") == "aan")
        return redirect("account_reminders")
    return render(request, "account/reminders.html", {"wants_digests": wants_digests(request.user)})


@require_safe
@login_required
def no_password(request: HttpRequest) -> HttpResponse:
    """django-allauth would let somebody of the provider choose a password: a second way in."""
    return render(request, "account/no_password.html", {"provider": settings.OIDC_NAME})


@require_safe
def admin_login(request: HttpRequest) -> HttpResponse:
    """The admin's own form would pass over the second step and the limits."""
    target = get_next_redirect_url(request) or reverse("admin:index")
    if not request.user.is_authenticated:
        return redirect_to_login(target, resolve_url("account_login"))
    if admin.site.has_permission(request):
        return redirect(target)
    log_event("permission_denied", request, request.user, failed=True, path=reverse("admin:index"))
    return redirect("account_home")


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Of django-allauth, which has limits of its own."""
    log_event("too_many_requests", request, failed=True)
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "300"
    return response
