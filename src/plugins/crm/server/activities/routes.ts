import { adminRoute } from '../kernel';

const change = 'customers.update';

export const activitiesRoutes = [
  adminRoute('GET', '/customers/:id/activities', 'activities.ofCustomer', 'customers.read'),
  adminRoute('POST', '/customers/:id/notes', 'activities.addNote', change),
  adminRoute('POST', '/customers/:id/tasks', 'activities.addTask', change),
  adminRoute('PUT', '/notes/:id', 'activities.changeNote', change),
  adminRoute('DELETE', '/notes/:id', 'activities.deleteNote', change),
  adminRoute('POST', '/notes/:id/restore', 'activities.restoreNote', change),
  adminRoute('GET', '/tasks/mine', 'activities.mine', 'customers.read'),
  adminRoute('PUT', '/tasks/:id', 'activities.changeTask', change),
  adminRoute('DELETE', '/tasks/:id', 'activities.deleteTask', change),
  adminRoute('POST', '/tasks/:id/restore', 'activities.restoreTask', change),
];
