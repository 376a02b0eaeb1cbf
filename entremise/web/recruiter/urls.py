"""Addresses of the recruiter's pages, under /recruteur/."""

from django.urls import URLPattern, URLResolver, include, path

from entremise.web.recruiter import company, label, members, offer_entry, offers, profiles, sign_up, space

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("entremise.web.recruiter.applications_urls")),
    path("", space.home, name="recruiter_home"),
    path("ouvrir/", sign_up.sign_up, name="recruiter_sign_up"),
    path("ouvrir/espace/", sign_up.open_space, name="recruiter_open_space"),
    path("choisir/", space.choose, name="recruiter_choose"),
    path("fermer/", space.close, name="recruiter_close"),
    path("redemander/", space.ask_again, name="recruiter_ask_again"),
    path("offres/", offers.offers, name="recruiter_offers"),
    path("offres.fichier", offers.offers_export, name="recruiter_offers_export"),
    path("offres/nouvelle/", offer_entry.offer_add, name="recruiter_offer_add"),
    path("offres/<uuid:pk>/", offers.offer, name="recruiter_offer"),
    path("offres/<uuid:pk>/modifier/", offer_entry.offer_edit, name="recruiter_offer_edit"),
    path("offres/<uuid:pk>/acte/", offers.offer_act, name="recruiter_offer_act"),
    path("profils/", profiles.profiles, name="recruiter_profiles"),
    path("profils/chercher/", profiles.profiles_search, name="recruiter_profiles_search"),
    path("profils/rencontrer/", profiles.profiles_wish, name="recruiter_profiles_wish"),
    path("reciprok/", label.label, name="recruiter_label"),
    path("reciprok/calcul/", label.label_compute, name="recruiter_label_compute"),
    path("reciprok/pause/", label.label_pause, name="recruiter_label_pause"),
    path("reciprok/pause/fin/", label.label_pause_end, name="recruiter_label_pause_end"),
    path("reciprok/<uuid:pk>/contester/", label.label_contest, name="recruiter_label_contest"),
    path("entreprise/", company.company_edit, name="recruiter_company"),
    path("equipe/", members.team, name="recruiter_team"),
    path("equipe/inviter/", members.invite, name="recruiter_invite"),
    path("equipe/moi/", members.own_place, name="recruiter_own_place"),
    path("equipe/quitter/", members.leave, name="recruiter_leave"),
    path("equipe/<uuid:pk>/", members.member, name="recruiter_member"),
    path("invitation/<str:token>/", members.join, name="recruiter_join"),
]
