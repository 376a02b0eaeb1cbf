"""The addresses of the person's wallet."""

from django.urls import path

from entremise.web.jobseeker import wallet

urlpatterns = [
    path("portefeuille/", wallet.my_wallet, name="my_wallet"),
    path("portefeuille/nouveau/", wallet.my_wallet_new, name="my_wallet_new"),
    path("portefeuille/<uuid:pk>/", wallet.my_wallet_offer, name="my_wallet_offer"),
    path("portefeuille/<uuid:pk>/annuler/", wallet.my_wallet_cancel, name="my_wallet_cancel"),
    path("portefeuille/<uuid:pk>/retirer/", wallet.my_wallet_withdraw, name="my_wallet_withdraw"),
]
