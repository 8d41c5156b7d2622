"""A bot is a setting; what clients write is of the channels and of the conversations."""

from otklik.core.datamap import free_app

free_app("telegram", because="settings of ours, numbers, and files for the minutes until their message is read")
