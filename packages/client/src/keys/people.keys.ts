export const ME_KEY = ['me'] as const
/** `HeldPeople`: the people that this client holds, by id. */
export const PEOPLE_KEY = ['people'] as const
