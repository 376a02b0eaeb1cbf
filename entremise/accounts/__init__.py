"""Who signs in: users, organisations and their agencies, memberships with roles, invitations, second factor.

A jobseeker has no password: a code by e-mail or SMS. Every professional has a password and a second factor.
"""
