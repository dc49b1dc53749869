"""Latent classes (LCMCR, Manrique-Vallier 2016): lists that depend on one another because persons are of different
kinds.

`fit.latent_classes` is the door. `kernel` is one sweep, `slide` the move along what the table cannot see, `draws`
single random draws (these three are machine code, by `compiled`); `start` where chains start, `chains` how they run
and temper, `posterior` quantiles of N, `diagnose` whether chains tell one story, `second` another sampler that shares
no code with the first and checks it.
"""
