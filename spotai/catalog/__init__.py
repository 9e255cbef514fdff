"""The system of record: every table and every query. No SQL stands anywhere else."""
