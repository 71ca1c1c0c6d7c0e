export function browserTests() {}
