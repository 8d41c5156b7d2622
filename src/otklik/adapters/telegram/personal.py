"""A bot is a setting; what clients write is of the channels and of the conversations."""

from otklik.core.datamap import free_app

# Files are gone with the reading of their message: after minutes, after a day at most where it waits in quarantine.
free_app("telegram", because="settings of ours, numbers, and files for the time until their message is read")
