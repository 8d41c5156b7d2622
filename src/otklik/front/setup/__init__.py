"""Setting the desk up: the first-run wizard and the settings screens.

The wizard leads from an empty database to a desk that answers and is then gone for ever; the screens change the same
things later.  It has no models: forms call the verbs of the nouns they change, `access` decides who may look.
"""
