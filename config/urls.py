"""Every address of the house: each door brings its own."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from config import health

handler400 = "config.refused.refused"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("login/", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path("password/", auth.PasswordChangeView.as_view(), name="password_change"),
    path("password/done/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("admin/", admin.site.urls),
    path("", include("api.urls")),
    path("", include("desk.urls")),
    path("", include("public.urls")),
]
