"""Tests of the engine, over invented dossiers only: nothing that is written in content/ can break one."""
