"""Addresses of the sign-in pages, under /connexion/; the library finds its own names here too."""

from django.urls import URLPattern, path

from entremise.web.public import devices, own_password, professional, second_factor, sign_in, step_up

urlpatterns: list[URLPattern] = [
    path("", sign_in.entry, name="account_login"),
    path("code/", sign_in.entry_code, name="sign_in_code"),
    path("code/renvoyer/", sign_in.entry_code_again, name="sign_in_code_again"),
    path("deconnexion/", sign_in.sign_out, name="account_logout"),
    path("compte-ferme/", sign_in.inactive, name="account_inactive"),
    path("professionnels/", professional.professional_login, name="professional_login"),
    path("mot-de-passe-oublie/", professional.password_forgotten, name="password_forgotten"),
    path("mot-de-passe/<str:token>/", professional.password_reset, name="password_reset"),
    path("invitation/<str:token>/", professional.invitation, name="invitation"),
    path("confirmation/", second_factor.prove, name="mfa_authenticate"),
    path("second-facteur/", second_factor.needed, name="second_factor_needed"),
    path("second-facteur/encore/", step_up.second_factor_again, name="second_factor_again"),
    path("second-facteur/application/", second_factor.set_up_application, name="second_factor_application"),
    path("second-facteur/cle/", second_factor.add_key, name="second_factor_key"),
    path("second-facteur/cle/retirer/", second_factor.remove_key, name="second_factor_key_remove"),
    path("second-facteur/codes/", second_factor.recovery_codes, name="recovery_codes"),
    path("second-facteur/codes/fichier/", second_factor.download_recovery_codes, name="recovery_codes_file"),
    path("second-facteur/codes/nouveaux/", second_factor.new_recovery_codes, name="recovery_codes_new"),
    path("securite/", second_factor.security, name="security"),
    path("securite/changer/", own_password.password_change, name="password_change"),
    path("appareils/", devices.devices, name="devices"),
    path("appareils/fermer/", devices.device_end, name="device_end"),
    path("pas-moi/<str:token>/", devices.not_me, name="not_me"),
    path("securite/mot-de-passe/", second_factor.confirm_password, name="account_reauthenticate"),
]
