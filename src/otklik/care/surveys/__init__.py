"""What clients think of our answers.

After a ticket is resolved its client is invited once to rate the answer; an `Invitation` waits until the reply can no
longer be taken back, a `Score` is what came back.  Who may be asked at all is decided here, the formulas of
satisfaction are in `core.formulas`.
"""
