"""What commands say beside a telling: of files, keys, the record, certificates."""
