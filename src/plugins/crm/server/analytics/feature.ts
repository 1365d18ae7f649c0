import { defineFeature } from '../kernel';

export default defineFeature({
  name: 'analytics',
  permissions: [
    { uid: 'home.read', displayName: 'Home', subCategory: 'home' },
    { uid: 'settings.read', displayName: 'Settings', subCategory: 'settings' },
  ],
});
