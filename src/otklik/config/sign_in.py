"""Settings of sign-in: allauth with our adapters, tuned for staff who are invited and never sign up."""

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = ["otklik.core.staff.backends.StaffBackend"]

# One cache for all processes: a code used in one of them is used in all.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

ACCOUNT_ADAPTER = "otklik.core.staff.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "otklik.core.staff.forms.SignInForm",
    "change_password": "otklik.core.staff.forms.NewPasswordForm",
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Attempts are counted by core.staff.attempts, in the database and with growing pauses.
ACCOUNT_RATE_LIMITS = False

MFA_ADAPTER = "otklik.core.staff.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "otklik.core.staff.second_factor.CodeForm",
    "reauthenticate": "otklik.core.staff.second_factor.CodeAgainForm",
}
MFA_RATE_LIMITS = False
