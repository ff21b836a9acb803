export const ME_KEY = ['me'] as const
export const PEOPLE_KEY = ['people'] as const
