/** Every query of the feature, by table. */
export * from './auto-replies';
export * from './bots';
export * from './chats';
export * from './friend-routes';
export * from './friends';
export * from './history';
export * from './imports';
export * from './linking';
export * from './messages';
export * from './multicasts';
export * from './narrowcasts';
export * from './personal-data';
export * from './rich-menus';
export * from './units';
export * from './webhook-events';
