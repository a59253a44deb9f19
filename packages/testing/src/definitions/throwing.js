throw new Error('The database is asleep.')
