"""Badges: who issues them, what they say, to whom they are awarded, the signed forms, their status, their sharing.

Words: an issuer signs with its keys; a badge class (one version of it, unchangeable once used) is awarded to a person;
an award is written in signed forms (credentials), whose bytes are stored, served and verified as they are.

States of an award: offered (to an address, until its owner takes it) → waiting (for its signature) → issued ⇄
suspended; revoked and declined are final. A confirmed skill is awarded its badge at once, unless the person declines
badges; a proof that is taken back takes its badge with it. What others issued is kept apart, as foreign badges.
"""
