"""Whether the words of a client show that they are upset, and by which of them."""
