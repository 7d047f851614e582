// The page: Applications from their stream, events from theirs. Whatever comes from outside is set as text.

const applications = new Map();
const cards = new Map();
const open = new Set();
const events = [];
const MOST_EVENTS = 300;
let paused = false;
let drawing = false;

const $ = (id) => document.getElementById(id);

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

const TONES = {
  Synced: 'good', OutOfSync: 'warn', Healthy: 'good', Progressing: 'busy', Degraded: 'bad', Missing: 'warn',
  Suspended: 'dim', Running: 'busy', Terminating: 'busy', Succeeded: 'good', Failed: 'bad', Error: 'bad',
};
const MARKS = { good: '✓', warn: '▲', bad: '✗', busy: '↻', dim: '‖' };

function state(label, value) {
  const tone = TONES[value] || 'dim';
  const mark = TONES[value] ? MARKS[tone] : '?';
  const made = element('span', `state ${tone}`, `${mark} ${value}`);
  made.title = label;
  return made;
}

function keyOf(application) {
  return `${application.metadata.namespace}/${application.metadata.name}`;
}

function tone(sync, health) {
  if (health === 'Degraded') return 'bad';
  if (health === 'Progressing') return 'busy';
  if (sync === 'Synced' && health === 'Healthy') return 'good';
  return 'warn';
}

function shortRevision(revision) {
  return /^[0-9a-f]{40,64}$/.test(revision) ? revision.slice(0, 8) : revision;
}

function card(application) {
  const status = application.status || {};
  const spec = application.spec || {};
  const sync = (status.sync && status.sync.status) || 'Unknown';
  const health = (status.health && status.health.status) || 'Unknown';
  const made = element('li', tone(sync, health));
  const head = element('div', 'head');
  head.append(
    element('span', 'name', application.metadata.name),
    element('span', 'dim', spec.project || 'default'),
    state('sync', sync),
    state('health', health));
  const operation = status.operationState;
  if (operation && operation.phase && operation.phase !== 'Succeeded') head.append(state('operation', operation.phase));
  made.append(head);

  const source = spec.source || (spec.sources && spec.sources[0]) || {};
  const revision = (status.sync && status.sync.revision) || source.targetRevision || 'HEAD';
  const where = element('div', 'dim mono');
  where.textContent = `${source.repoURL || ''} ${source.path || ''} @ ${shortRevision(revision)}`;
  where.title = revision;
  made.append(where);

  for (const condition of status.conditions || []) {
    const warning = String(condition.type).endsWith('Warning');
    made.append(element('p', warning ? 'condition warning' : 'condition', `${condition.type}: ${condition.message}`));
  }
  if (operation && operation.message && operation.phase !== 'Succeeded') {
    made.append(element('p', operation.phase === 'Running' ? 'dim' : 'condition', operation.message));
  }
  made.append(resources(keyOf(application), status.resources || []));
  return made;
}

function resources(key, list) {
  const details = element('details');
  details.open = open.has(key);
  details.append(element('summary', '', `${list.length} resources`));
  details.addEventListener('toggle', () => (details.open ? open.add(key) : open.delete(key)));
  const items = element('ul');
  for (const resource of list) {
    const item = element('li');
    const place = resource.namespace ? `${resource.namespace}/${resource.name}` : resource.name;
    item.append(element('span', 'mono', `${resource.kind} ${place}`), state('sync', resource.status || 'Unknown'));
    if (resource.health && resource.health.status) item.append(state('health', resource.health.status));
    if (resource.requiresPruning) item.append(element('span', 'warn', 'to be pruned'));
    items.append(item);
  }
  details.append(items);
  return details;
}

function matches(application, words) {
  if (words.length === 0) return true;
  const status = application.status || {};
  const text = [
    keyOf(application), application.spec && application.spec.project,
    status.sync && status.sync.status, status.health && status.health.status,
  ].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

function drawApplications() {
  const words = $('find').value.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = [...applications.keys()].sort().filter((key) => matches(applications.get(key), words));
  const list = shown.map((key) => {
    if (!cards.has(key)) cards.set(key, card(applications.get(key)));
    return cards.get(key);
  });
  const box = $('applications');
  if (box.childElementCount !== list.length || list.some((item, i) => box.children[i] !== item)) {
    box.replaceChildren(...list);
  }
  $('count').textContent = applications.size ? `(${shown.length} of ${applications.size})` : '';
  $('empty').hidden = applications.size > 0;
}

function eventText(event) {
  return `${event.type} ${event.subject} ${summary(event)}`.toLowerCase();
}

function summary(event) {
  const data = event.data || {};
  const parts = [];
  if (data.ref) parts.push(data.ref);
  if (data.after || data.revision) parts.push(shortRevision(data.after || data.revision));
  if (data.status) parts.push(String(data.status));
  if (data.health && data.health.status) parts.push(String(data.health.status));
  if (data.phase) parts.push(String(data.phase));
  if (data.resource) parts.push(String(data.resource));
  if (data.trigger) parts.push(String(data.trigger));
  if (typeof data.message === 'string') parts.push(data.message);
  if (typeof data.reason === 'string') parts.push(data.reason);
  return parts.join(' · ').slice(0, 400);
}

function eventItem(event) {
  const item = element('li');
  const head = element('div', 'head');
  const time = new Date(event.time);
  const clock = Number.isNaN(time.getTime()) ? '' : time.toLocaleTimeString([], { hour12: false });
  head.append(
    element('span', 'type', event.type.replace(/^io\.driftless\./, '').replace(/\.v\d+$/, '')),
    element('time', 'dim mono', clock));
  item.append(head, element('div', 'mono', event.subject));
  const said = summary(event);
  if (said) item.append(element('div', 'dim', said));
  return item;
}

function drawEvents() {
  if (paused) return;
  const words = $('filter').value.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = events.filter((entry) => words.every((word) => entry.text.includes(word)));
  $('events').replaceChildren(...shown.slice(0, 150).map((entry) => {
    entry.item = entry.item || eventItem(entry.event);
    return entry.item;
  }));
}

function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    drawApplications();
    drawEvents();
  });
}

function connected(yes) {
  $('connection').textContent = yes ? 'live' : 'connection lost, trying again…';
  $('connection').className = yes ? '' : 'lost';
}

function followApplications() {
  const stream = new EventSource('api/v1/stream/applications');
  let seen = new Set();
  let settling = 0;
  stream.onopen = () => {
    connected(true);
    // The stream begins with all of them: what does not come again is gone.
    seen = new Set();
    clearTimeout(settling);
    settling = setTimeout(() => {
      for (const key of [...applications.keys()]) {
        if (!seen.has(key)) { applications.delete(key); cards.delete(key); }
      }
      draw();
    }, 2000);
  };
  stream.onerror = () => {
    connected(false);
    // Refused, not lost: the session has ended.
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 3000);
  };
  stream.onmessage = (message) => {
    const { type, application } = JSON.parse(message.data).result;
    const key = keyOf(application);
    cards.delete(key);
    seen.add(key);
    if (type === 'DELETED') applications.delete(key);
    else applications.set(key, application);
    draw();
  };
}

function take(message) {
  const event = JSON.parse(message.data);
  events.unshift({ event, text: eventText(event) });
  events.length = Math.min(events.length, MOST_EVENTS);
  draw();
}

const TYPES = [
  'repository-pushed', 'application-declared', 'application-rejected', 'cluster-declared', 'resource-rendered',
  'manifests-rendered', 'render-failed', 'resource-observed', 'cluster-observed', 'cluster-unreachable',
  'application-compared', 'sync-requested', 'refresh-requested', 'terminate-requested', 'sync-started',
  'resource-applied', 'resource-pruned', 'resource-failed', 'sync-succeeded', 'sync-failed', 'sync-retry-scheduled',
  'cascade-completed', 'operation-recorded', 'notification-delivered', 'notification-failed', 'notifications-began',
];

function followEvents() {
  const stream = new EventSource('api/v1/events?recent=100');
  for (const type of TYPES) stream.addEventListener(`io.driftless.${type}.v1`, take);
  stream.onerror = () => {
    // Events tell of all applications; who may not see all of them has a page without.
    if (stream.readyState === EventSource.CLOSED) $('events-section').hidden = true;
  };
}

function askForLogin() {
  $('connection').textContent = '';
  $('login').hidden = false;
  $('account').focus();
}

function begin(name) {
  $('login').hidden = true;
  $('content').hidden = false;
  $('username').textContent = name;
  $('user').hidden = name === '';
  followApplications();
  followEvents();
  draw();
}

async function showBanner() {
  const settings = await (await fetch('api/v1/settings')).json();
  $('banner').textContent = settings.uiBannerContent || '';
  $('banner').hidden = !settings.uiBannerContent;
}

async function enter() {
  await showBanner();
  const user = await (await fetch('api/v1/session/userinfo')).json();
  if (user.loggedIn) {
    // Whose server asks nobody who he is has nothing to log out of.
    begin(user.iss === 'driftless' ? '' : user.username);
  } else if ((await fetch('api/v1/applications?fields=metadata')).ok) {
    begin('');
  } else {
    askForLogin();
  }
}

function start() {
  enter().catch(() => {
    connected(false);
    setTimeout(start, 2000);
  });
}

$('login').addEventListener('submit', async (submit) => {
  submit.preventDefault();
  $('refused').textContent = '';
  const answer = await fetch('api/v1/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: $('account').value, password: $('password').value }),
  });
  $('password').value = '';
  if (answer.ok) start();
  else $('refused').textContent = (await answer.json()).message || 'the server refused';
});
$('logout').addEventListener('click', async () => {
  await fetch('api/v1/session', { method: 'DELETE' });
  location.reload();
});

$('find').addEventListener('input', draw);
$('filter').addEventListener('input', draw);
$('pause').addEventListener('click', () => {
  paused = !paused;
  $('pause').textContent = paused ? 'Go on' : 'Pause';
  $('pause').setAttribute('aria-pressed', String(paused));
  draw();
});
start();
