"""Review of conversations: what I have to review, the review itself, what is said of my own, and how far we agree."""
