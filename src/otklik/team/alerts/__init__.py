"""Figures that say by themselves when they leave their bounds.

An `Alert` is a metric of the layer, a condition and whom to tell; a `Ringing` is one stretch in which it held.  A job
looks after each closed day, and every few minutes at what stands now (docs/decisions/0060).
"""
