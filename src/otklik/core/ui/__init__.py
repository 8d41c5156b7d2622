"""The look and the words of every page.

Tokens, components, icons, the frame of staff and client pages, the keyboard, the live stream in the browser
and how moments and numbers are said.  It owns no nouns and knows no other room: people and dates come in as
plain objects.
`docs/ui.md` is the guide for whoever builds a screen.
"""
