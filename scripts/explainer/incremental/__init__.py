"""Incremental builds: caches kept between runs, without which every build is clean, and the scheduler of the rest."""
