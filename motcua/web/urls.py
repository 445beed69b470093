"""Every address of the product."""

from allauth.account import views as account
from django.urls import include, path

from motcua.web import errors, sign_in

urlpatterns = [
    path("", include("motcua.web.portal.urls")),
    path("counter/", include("motcua.web.counter.urls")),
    path("", include("motcua.web.workspace.urls")),
    path("administration/", include("motcua.web.administration.urls")),
    path("sign-in/", sign_in.SignIn.as_view(), name="account_login"),
    path("sign-out/", account.LogoutView.as_view(), name="account_logout"),
    path("password/", sign_in.ChangePassword.as_view(), name="account_change_password"),
    path("desk/", sign_in.desk, name="desk"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.failed
