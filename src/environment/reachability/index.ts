/**
 * Who reaches what. Answers have three values: unknown is never silently open and never silently closed.
 * An open way is told hop by hop, a closed one by the one thing that blocks it.
 */

export { startHop } from './border.ts';
export { bucketReach } from './buckets.ts';
export { DATABASE_TYPES, databasePort, speaksSql } from './databases.ts';
export { distributionsBefore } from './distributions.ts';
export { asksForHeader, forwardsTo } from './forwarding.ts';
export { reach } from './inside.ts';
export { isFollowed, reachFromInternet } from './internet.ts';
export { launchInterfaces, launchIsKnown, launchTemplateOf, launchValue } from './launch.ts';
export {
  allListeners,
  CLASSIC_LOAD_BALANCER,
  isInternetFacing,
  type ListenerAction,
  LOAD_BALANCER,
  type LoadBalancerListener,
  listenersOf,
  loadBalancerKind,
} from './load-balancers.ts';
export { placementOf, securityGroupsOf, subnetsOf } from './placement.ts';
export { publicAddressOf } from './public-addresses.ts';
export { answerOf, arnOf, outsiderMay, readNamed, strangerMay } from './resource-policies.ts';
export { routeTableOf } from './route-tables.ts';
export { internetRoute, isPublicSubnet } from './routes.ts';
export {
  type Direction,
  type GroupRule,
  groupHop,
  type Opening,
  openings,
  opens,
  type Peer,
  rulesOf,
} from './security-groups.ts';
export {
  type Forward,
  hop,
  INTERNET,
  type InternetReach,
  type NetworkHop,
  type NetworkPath,
  type PortRange,
} from './types.ts';
export { FRONT_TYPES, SERVER_TYPES, type Way, waysIn, waysTo } from './ways.ts';
