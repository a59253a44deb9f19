export const nothing = 'to see'
