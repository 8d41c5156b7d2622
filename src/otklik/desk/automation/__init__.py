"""What the desk does by itself: rules (when, if, then), macros, and calls to other programs.

A rule hears the news of tickets or a moment that falls due, asks its conditions and calls the same verbs that people
call.  It runs in a job after the commit, so what goes wrong with it never spoils the act that it heard of.
"""
